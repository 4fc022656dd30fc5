# Three stages on one image: BuildKit has one step for all three FROMs.
FROM alpine AS first
# bytes 1001
RUN head -c 1001 /dev/zero > /first

FROM alpine AS second
# bytes 2002
RUN head -c 2002 /dev/zero > /second
# bytes 1001
COPY --from=first /first /copy

FROM alpine
# bytes 2002
COPY --from=second /second /
# bytes 1001
COPY --from=second /copy /
CMD ["cat", "/second"]
