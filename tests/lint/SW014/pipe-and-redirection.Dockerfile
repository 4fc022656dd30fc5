FROM debian:trixie-slim
RUN ["echo", "hello", ">", "/greeting"]
CMD ["cat", "/greeting", "|", "sort"]
