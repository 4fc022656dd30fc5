from node:22
workdir /app
copy . .
run npm ci
expose 8080
cmd ["node", "a.js"]
