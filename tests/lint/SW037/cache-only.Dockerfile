FROM alpine:3.23 AS build
RUN touch /x

FROM gcr.io/distroless/static-debian13
COPY --from=build /x /x
RUN --mount=type=cache,target=/root/.cache touch /y
ENTRYPOINT ["/app"]
