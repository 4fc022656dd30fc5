// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/FilePreview.h"

#include "image/ReadImage.h"
#include "session/DocumentSizes.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>

#include <utility>

namespace stagewright {

FilePreview::FilePreview(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(new QLabel)
    , m_note(new QLabel)
    , m_pages(new QStackedWidget)
    , m_text(new QPlainTextEdit)
    , m_hint(new QLabel)
    , m_save(new QPushButton(tr("Save a copy…")))
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 5, 8, 5);
    head->setSpacing(8);
    m_name->setMinimumWidth(40);
    head->addWidget(m_name, 1);
    head->addWidget(m_note);
    m_save->setProperty("small", true);
    m_save->setToolTip(tr("Save this file of the image to a folder of yours"));
    head->addWidget(m_save);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("Contents of the file"));
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addLayout(head);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setMargin(16);
    m_hint->setObjectName(QStringLiteral("previewHint"));
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_hint);
    box->addWidget(m_pages, 1);
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(m_path, m_size); });
    connect(&theme, &Theme::changed, this, &FilePreview::applyTheme);
    applyTheme();
    clear({});
}

void FilePreview::applyTheme()
{
    const Tokens &t = m_theme.tokens();
    m_name->setFont(m_theme.monoFont(11.5));
    m_note->setFont(m_theme.uiFont(11));
    m_text->setFont(m_theme.monoFont(11.5));
    QPalette colours = m_note->palette();
    colours.setColor(QPalette::WindowText, t.text3);
    m_note->setPalette(colours);
    colours = m_text->palette();
    colours.setColor(QPalette::Base, t.field);
    colours.setColor(QPalette::Text, t.text);
    m_text->setPalette(colours);
    m_hint->setFont(m_theme.uiFont(12.5));
    colours = m_hint->palette();
    colours.setColor(QPalette::WindowText, t.text2);
    m_hint->setPalette(colours);
    showPath();
}

void FilePreview::showPath()
{
    m_name->setText(m_name->fontMetrics().elidedText(m_path, Qt::ElideMiddle, std::max(40, m_name->width())));
    m_name->setToolTip(m_path);
}

void FilePreview::showNote(const QString &note)
{
    m_note->setText(note);
}

void FilePreview::resizeEvent(QResizeEvent *)
{
    showPath();
}

/// In the place of the contents.
void FilePreview::showHint(const QString &hint)
{
    m_text->clear();
    m_hint->setText(hint);
    m_pages->setCurrentWidget(m_hint);
}

void FilePreview::clear(const QString &hint)
{
    m_path.clear();
    m_size = 0;
    showPath();
    showNote({});
    showHint(hint);
    m_save->hide();
}

void FilePreview::showLoading(const QString &path, std::uint64_t size)
{
    m_path = path;
    m_size = size;
    m_save->show();
    m_save->setEnabled(true);
    showPath();
    showNote(sizeText(size));
    showHint(tr("Reading the image up to this file …"));
}

void FilePreview::showFile(const QByteArray &bytes)
{
    const bool text = looksLikeText(bytes);
    if (bytes.isEmpty()) {
        showHint(tr("This file is empty"));
    } else {
        m_text->setPlainText(text ? QString::fromUtf8(bytes) : hexDump(bytes, hexLimit));
        m_pages->setCurrentWidget(m_text);
    }
    const qsizetype shown = text ? bytes.size() : std::min(bytes.size(), hexLimit);
    if (std::cmp_less(shown, m_size))
        showNote(tr("the first %1 of %2").arg(sizeText(static_cast<std::uint64_t>(shown)), sizeText(m_size)));
    else
        showNote(sizeText(m_size));
}

void FilePreview::showError(const QString &error)
{
    showHint(error);
}

QString FilePreview::text() const
{
    return m_text->toPlainText();
}

} // namespace stagewright
