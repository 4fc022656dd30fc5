FROM alpine AS Builder
RUN make
FROM scratch
COPY --from=Builder /out /
