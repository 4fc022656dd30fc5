FROM alpine:3.23 AS build
RUN touch /x

FROM gcr.io/distroless/static-debian12
COPY --from=build /x /x
RUN ln -s /x /y
