/** What is dropped on the page. */

/** Who takes it. */
export interface Takers {
  files(files: File[]): void;
  text(text: string): void;
}

/** Takes what is dropped anywhere on the page; while something is held over it, the page says so. */
export function onDrop({ files, text }: Takers): void {
  let over = 0;
  const dropping = (by: number) => {
    over = by === 0 ? 0 : over + by;
    document.documentElement.classList.toggle("dropping", over > 0);
  };
  addEventListener("dragenter", () => dropping(1));
  addEventListener("dragleave", () => dropping(-1));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    dropping(0);
    const { dataTransfer } = event;
    if (dataTransfer === null) {
      return;
    }
    if (dataTransfer.files.length > 0) {
      files([...dataTransfer.files]);
    } else {
      text(dataTransfer.getData("text/plain"));
    }
  });
}
