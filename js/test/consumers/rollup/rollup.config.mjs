import commonjs from "@rollup/plugin-commonjs";
import nodeResolve from "@rollup/plugin-node-resolve";

export default {
  input: "main.mjs",
  output: [
    { file: "dist/main.mjs", format: "esm" },
    { file: "dist/main.cjs", format: "cjs" },
  ],
  plugins: [nodeResolve({ exportConditions: ["node"] }), commonjs()],
};
