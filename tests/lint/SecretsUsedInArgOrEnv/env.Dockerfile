FROM alpine
ENV API_KEY=x DB=y AUTH=z
CMD ["x"]
