# check=experimental=InvalidDefinitionDescription

# Which one

ARG VERSION=1
FROM alpine
CMD ["x"]
