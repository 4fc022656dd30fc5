FROM alpine AS build
WORKDIR /work
# bytes 700
RUN --mount=type=cache,target=/cache head -c 100000 /dev/zero > /cache/big && head -c 700 /dev/zero > /work/small
# bytes 70
RUN --mount=type=bind,source=.,target=/context --mount=type=tmpfs,target=/t cp /context/seventy /work/seventy

FROM alpine
WORKDIR /work
# bytes 700
COPY --from=build /work/small .
USER 65532
CMD ["wc", "-c", "small"]
