FROM gcr.io/distroless/static-debian13:nonroot AS spare
RUN echo never built
FROM gcr.io/distroless/static-debian13:nonroot AS tools
RUN echo built for the copy
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=tools /etc/os-release /
