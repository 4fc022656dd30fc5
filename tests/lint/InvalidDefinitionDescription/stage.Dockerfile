# check=experimental=all

# The compiler
FROM golang AS build
CMD ["x"]
