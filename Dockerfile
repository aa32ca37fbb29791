# The program alone, built from a clean clone: `docker build -t rapporteur .`, then
# `docker run --rm -v "$PWD:/work" rapporteur check --data my-data-set`.
FROM rust:1-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked && cargo run --locked --example packaging -- target/packaging

FROM debian:bookworm-slim
COPY --from=build /source/target/release/rapporteur /usr/local/bin/
COPY --from=build /source/target/packaging/rapporteur*.1 /usr/local/share/man/man1/
COPY --from=build /source/target/packaging/LICENSE-DejaVu /source/NOTICE /source/LICENSE-* /usr/local/share/doc/rapporteur/
RUN useradd --create-home rapporteur
USER rapporteur
WORKDIR /work
EXPOSE 7878
ENTRYPOINT ["rapporteur"]
CMD ["--help"]
