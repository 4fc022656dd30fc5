FROM nginx:1.29
COPY prepare.sh /
ENTRYPOINT ["/prepare.sh"]
