// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/ReadImage.h"

#include <QStringDecoder>

#include <algorithm>
#include <numeric>

namespace stagewright {

ReadImage inspectImage(std::shared_ptr<const engine::ImageContents> contents)
{
    ReadImage image;
    image.contents = std::move(contents);
    image.exposure = image.contents->exposure();
    image.wasted = image.contents->wasted();
    image.deletions = engine::deletions(*image.contents);
    for (const engine::ImageLayer &layer : image.contents->layers)
        image.layerBytes.push_back(layer.bytes());
    image.bytes = std::accumulate(image.layerBytes.begin(), image.layerBytes.end(), std::uint64_t(0));
    for (const engine::WastedPath &path : image.wasted)
        image.wastedBytes += path.bytes;
    if (image.bytes > 0)
        image.efficiency = 1 - static_cast<double>(image.wastedBytes) / static_cast<double>(image.bytes);
    return image;
}

QString plainHistory(const QString &createdBy)
{
    QString text = createdBy.simplified();
    if (text.endsWith(QLatin1String("# buildkit")))
        text = text.chopped(10).trimmed();
    const bool run = text.startsWith(QLatin1String("RUN "));
    if (run)
        text = text.mid(4);
    // "|2 A=1 B=2 /bin/sh -c …": build arguments in front
    const qsizetype shell = text.indexOf(QLatin1String("/bin/sh -c "));
    if (shell == 0 || (shell > 0 && text.startsWith(u'|'))) {
        text = text.mid(shell + 11).trimmed();
        if (text.startsWith(QLatin1String("#(nop)")))
            return text.mid(6).trimmed();
        return QStringLiteral("RUN ") + text;
    }
    return run ? QStringLiteral("RUN ") + text : text;
}

QString hexDump(const QByteArray &bytes, qsizetype limit)
{
    QString text;
    const qsizetype end = std::min(bytes.size(), limit);
    text.reserve(end * 5);
    for (qsizetype at = 0; at < end; at += 16) {
        text += QStringLiteral("%1  ").arg(at, 8, 16, QLatin1Char('0'));
        QString characters;
        for (qsizetype i = at; i < at + 16; ++i) {
            if (i < end) {
                const auto byte = static_cast<unsigned char>(bytes[i]);
                text += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
                characters += byte >= 0x20 && byte < 0x7F ? QChar::fromLatin1(bytes[i]) : QLatin1Char('.');
            } else {
                text += QStringLiteral("   ");
            }
            if (i == at + 7)
                text += u' ';
        }
        text += u' ' + characters + u'\n';
    }
    return text;
}

bool looksLikeText(const QByteArray &bytes)
{
    if (bytes.left(8000).contains('\0'))
        return false;
    // A sequence that the end cuts off is no error
    QByteArrayView whole(bytes);
    for (int cut = 0; cut < 4 && cut <= bytes.size(); ++cut) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(whole.chopped(cut));
        if (!decoder.hasError())
            return true;
    }
    return false;
}

} // namespace stagewright
