FROM gcr.io/distroless/nodejs24-debian13:nonroot AS base
FROM base
RUN ["ls", "/"]
CMD ["/a.js"]
