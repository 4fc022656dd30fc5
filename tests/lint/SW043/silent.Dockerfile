FROM gcr.io/distroless/base-debian13:nonroot AS a
FROM gcr.io/distroless/static@sha256:0123456789012345678901234567890123456789012345678901234567890123 AS b
FROM example.com/distroless/base
