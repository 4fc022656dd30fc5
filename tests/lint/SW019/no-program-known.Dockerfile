FROM gcr.io/distroless/base-debian13
COPY files/ /app/
