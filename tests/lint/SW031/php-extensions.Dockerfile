FROM php:8.5-fpm-alpine AS extensions
RUN docker-php-ext-install pdo_mysql

FROM php:8.5-fpm
COPY --from=extensions /usr/local/lib/php/extensions /usr/local/lib/php/extensions
