FROM gcc:15 AS build
COPY hello.c .
RUN gcc -O2 -o /hello hello.c

FROM alpine:3.23
COPY --from=build /hello /hello
CMD ["/hello"]
