FROM gcc:15 AS build
COPY hello.c .
RUN gcc -o hello hello.c && cp hello /out

FROM scratch
COPY --from=build /out /hello
ENTRYPOINT ["/hello"]
