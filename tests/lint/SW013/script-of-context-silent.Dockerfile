# For sh, which is there; a program, not a script; and one that a RUN may have mended.
FROM node:22-alpine AS sh
COPY sh.sh /entrypoint.sh
ENTRYPOINT ["/entrypoint.sh"]

FROM gcr.io/distroless/static-debian13 AS program
COPY program.sh /program.sh
ENTRYPOINT ["/program.sh"]

FROM node:22-alpine
COPY windows.sh /entrypoint.sh
RUN sed -i 's/\r$//' /entrypoint.sh
ENTRYPOINT ["/entrypoint.sh"]
