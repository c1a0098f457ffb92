# Short names for the commands that count: `just test`. Everything is `cargo xtask`.

# Both wasm cores, the npm package and the component.
build:
    cargo xtask build

# Decode sample events in Node and in wasmtime.
demo:
    cargo xtask demo

# Every check, or a part: rust, js, component, vectors.
test *part:
    cargo xtask test {{part}}

# Rewrite expectations, for review.
bless:
    cargo xtask bless

bench *name:
    cargo xtask bench {{name}}

# What CI does, in a clean clone.
ci:
    cargo xtask ci
