# The tools and nothing else:  docker build -t newstext .
#   docker run --rm -i newstext sh -c 'segment | entities | quotes | summarize' <article.txt
FROM rust:1.91-alpine AS build
WORKDIR /newstext
COPY . .
RUN cargo build --release --locked --package newstext

FROM alpine:3.22
COPY --from=build /newstext/target/release/segment /newstext/target/release/entities /newstext/target/release/quotes \
    /newstext/target/release/summarize /newstext/target/release/view /usr/local/bin/
USER nobody
CMD ["sh", "-c", "segment | entities | quotes | summarize"]
