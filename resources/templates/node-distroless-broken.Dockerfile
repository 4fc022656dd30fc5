# Broken on purpose: the classic failure with an image that has no shell.
#
# RUN starts /bin/sh, and distroless images have none, so the build stops at "RUN mkdir /app" with
#   exec: "/bin/sh": stat /bin/sh: no such file or directory
# Try the quick fixes. Deleting the line is enough, too: WORKDIR makes the folder.
#
# Two more things to find: the builder is Alpine (musl) and the final image Debian (glibc), so native
# add-ons do not load; and "distroless/nodejs" without a version is an old name that gets no updates.

FROM node:alpine AS builder
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm install
COPY . .

FROM gcr.io/distroless/nodejs
RUN mkdir /app
WORKDIR /app
COPY --from=builder /usr/src/app /app
CMD ["index.js"]
