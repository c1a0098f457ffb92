// Two payments in Avro, without framing.

const record = (offset, value, fields) => ({
  topic: "payments",
  partition: 0,
  offset,
  timestamp: Date.parse("2024-02-29T13:45:30.123Z"),
  timestampType: "CREATE_TIME",
  key: "YQ==",
  value: Buffer.from(value).toString("base64"),
  headers: [{ trace: [97, 98, 99] }],
  ...fields,
});

export default {
  event: {
    eventSource: "aws:kafka",
    eventSourceArn: "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/0b1a8b8e-2",
    bootstrapServers: "b-1.example.com:9098",
    records: { "payments-0": [record(17, [2, 97, 0xc4, 0x13]), record(18, [2, 98, 0xc6, 0x01])] },
  },
};
