# syntax=docker/dockerfile:1

# An ASP.NET Core app in a chiselled image: Ubuntu without a shell and without a package manager.
# Replace "Shop" by the project's name.

# build restores first, so that a code change does not download the packages again.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY Shop.csproj .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish --no-restore -c Release -o /out

# final runs as user 1654. For cultures and time zones take the tag 10.0-noble-chiseled-extra.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS final
WORKDIR /app
COPY --from=build /out .
EXPOSE 8080
ENTRYPOINT ["dotnet", "Shop.dll"]
