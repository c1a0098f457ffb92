// A place of one's own where schemas are kept.

export default { before: `const lookUp = async () => ({ type: "AVRO", text: '"string"' });\n` };
