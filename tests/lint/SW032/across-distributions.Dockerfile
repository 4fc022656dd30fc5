FROM ubuntu:24.04 AS build
RUN apt-get update && apt-get install -y g++
RUN g++ -o /app main.cpp

FROM debian:bookworm-slim
COPY --from=build /app /app
CMD ["/app"]
