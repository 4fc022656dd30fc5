FROM node:24-alpine
CMD ["npm run migrate && npm start"]
