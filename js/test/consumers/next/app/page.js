import { createDecoder } from "kafkalens";
import { config, event } from "../sample.mjs";

export const dynamic = "force-dynamic";

export default async function Page() {
  const decoder = await createDecoder(config);
  return <p>page {decoder.decodeEvent(event)[0].value.order_id}</p>;
}
