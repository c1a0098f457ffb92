// One order in JSON.

const value = Buffer.from('{"id":7}').toString("base64");

export default { event: { records: { "orders-0": [{ topic: "orders", partition: 0, offset: 0, value }] } } };
