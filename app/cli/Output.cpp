// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Output.h"

#include <QSaveFile>

namespace stagewright::cli {

std::expected<void, std::string> writeOutput(const std::string &path, std::string_view bytes)
{
    QSaveFile file(QString::fromStdString(path));
    file.setDirectWriteFallback(true); // A folder that takes no new files may still hold a writable one.
    const auto size = static_cast<qint64>(bytes.size());
    if (file.open(QIODevice::WriteOnly) && file.write(bytes.data(), size) == size && file.commit())
        return {};
    return std::unexpected(file.errorString().toStdString());
}

} // namespace stagewright::cli
