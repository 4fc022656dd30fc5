# The program is where the image has it.
FROM gcr.io/distroless/nodejs20-debian12 AS a
COPY server.js /app/
ENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]

FROM gcr.io/distroless/nodejs24-debian13 AS b
ENV PATH=/nodejs/bin:$PATH
COPY server.js /app/
ENTRYPOINT ["node", "/app/server.js"]

FROM gcr.io/distroless/nodejs:18 AS c
COPY npm /app/npm
WORKDIR /app
CMD ["npm", "start"]

FROM gcr.io/distroless/java21-debian13
ENTRYPOINT ["java", "-cp", "/app", "Main"]
