from node:22
workdir /app
copy . .
run npm ci
expose 80
cmd ["node", "a.js"]
