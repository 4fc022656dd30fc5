// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageContents.h"
#include "image/ReadImage.h"

#include <memory>
#include <vector>

namespace stagewright {

inline engine::LayerFile plainFile(std::uint64_t bytes, std::uint32_t mode = 0644)
{
    engine::LayerFile file;
    file.bytes = bytes;
    file.mode = mode;
    return file;
}

inline engine::LayerFile plainFolder()
{
    engine::LayerFile folder;
    folder.kind = engine::FileKind::Folder;
    folder.mode = 0755;
    return folder;
}

/// A base with a shell; a layer that installs and leaves a cache; one that replaces a file and removes the cache.
inline std::shared_ptr<engine::ImageContents> imageWithShell()
{
    engine::LayerFile gone;
    gone.kind = engine::FileKind::Other;
    gone.removed = true;
    auto image = std::make_shared<engine::ImageContents>();
    image->layers = {
        {"base",
         {{"/bin", plainFolder()},
          {"/bin/sh", plainFile(900'000, 0755)},
          {"/bin/mount", plainFile(80'000, 04755)},
          {"/etc", plainFolder()},
          {"/etc/passwd", plainFile(60)},
          {"/sbin/apk", plainFile(70'000, 0755)}},
         "ADD rootfs.tar"},
        {"install",
         {{"/app", plainFolder()},
          {"/app/main.js", plainFile(12'000)},
          {"/app/node_modules", plainFolder()},
          {"/app/node_modules/big.js", plainFile(2'000'000)},
          {"/root/.npm", plainFolder()},
          {"/root/.npm/cache", plainFile(700'000)}},
         "RUN /bin/sh -c npm ci # buildkit"},
        {"clean",
         {{"/root/.npm", gone}, {"/app/main.js", plainFile(15'000)}},
         "RUN /bin/sh -c rm -rf /root/.npm # buildkit"},
    };
    image->databases["/etc/passwd"] = "root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/:/bin/sh\n";
    return image;
}

/// Two layers, no shell, somebody else than root.
inline std::shared_ptr<engine::ImageContents> imageWithoutShell()
{
    auto image = std::make_shared<engine::ImageContents>();
    image->layers = {
        {"base", {{"/nodejs/bin/node", plainFile(90'000'000, 0755)}, {"/etc/passwd", plainFile(40)}}, "bazel build"},
        {"app", {{"/app", plainFolder()}, {"/app/main.js", plainFile(15'000)}}, "COPY /app /app # buildkit"},
    };
    image->user = "nonroot";
    image->databases["/etc/passwd"] = "nonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n";
    return image;
}

} // namespace stagewright
