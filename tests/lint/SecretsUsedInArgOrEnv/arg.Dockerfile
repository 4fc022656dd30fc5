FROM alpine
ARG NPM_TOKEN
ARG a_password_b=1
CMD ["x"]
