// Two orders in JSON, the second of which has a price that is text.

const order = (offset, price) => ({
  topic: "orders",
  partition: 0,
  offset,
  key: Buffer.from("7").toString("base64"),
  value: Buffer.from(JSON.stringify({ id: offset, lines: [{ price }] })).toString("base64"),
});

export default { event: { records: { "orders-0": [order(0, 12.5), order(1, "12.50")] } } };
