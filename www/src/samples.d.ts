/** Made from examples/demo by js/scripts/www.mjs. */
declare module "kafkalens:samples" {
  const samples: readonly {
    name: string;
    event: string;
    schemas: readonly {
      name: string;
      type: "AVRO" | "PROTOBUF";
      text: string;
      proto: boolean;
    }[];
  }[];
  export default samples;
}
