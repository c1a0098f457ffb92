// Nothing beside the snippet.

export default {};
