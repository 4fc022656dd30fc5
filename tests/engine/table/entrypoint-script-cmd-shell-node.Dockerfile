# expect: works
# finding: SW009
# The program is started, and gets words that it does not ask for.
FROM node:22-alpine
COPY app.js /app.js
ENTRYPOINT ["node", "/app.js"]
CMD echo hello
