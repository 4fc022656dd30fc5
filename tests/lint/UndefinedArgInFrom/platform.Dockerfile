ARG P=linux/amd64
FROM --platform=linux/$ARCH$P alpine
