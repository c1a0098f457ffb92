import { createDecoderSync } from "kafkalens";
import { config, event } from "../../sample.mjs";

export const dynamic = "force-dynamic";

export function GET() {
  return new Response(`route ${createDecoderSync(config).decodeEvent(event)[0].value.order_id}`);
}
