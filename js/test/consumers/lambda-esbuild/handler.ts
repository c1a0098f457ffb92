import { kafkaHandler } from "kafkalens";
import { config } from "./sample.mjs";

export const handler = kafkaHandler(config, async (record) => {
  console.log("decoded", (record.value as { order_id: string }).order_id);
});
