// A schema beside the command line.

const USER = { type: "record", name: "User", fields: [{ name: "name", type: "string" }] };

export default { files: { "user.avsc": JSON.stringify(USER) } };
