FROM alpine
ENV NODE_ENV=production
LABEL env=$NODE_EVN
