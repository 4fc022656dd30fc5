// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/GoToLine.h"

#include "session/DocumentSession.h"
#include "text/CodeEdit.h"
#include "theme/Theme.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace stagewright {

namespace {

std::optional<Offset> target(const Snapshot &snapshot, const QString &text)
{
    const QString wanted = text.trimmed();
    const QStringList parts = wanted.split(u':');
    bool isNumber = false;
    const int line = parts[0].toInt(&isNumber);
    if (isNumber) {
        const int column = parts.size() > 1 ? std::max(1, parts[1].toInt()) : 1;
        const auto last = static_cast<int>(snapshot.text().lineCount());
        return snapshot.text().offsetAt(
            {static_cast<std::uint32_t>(std::clamp(line, 1, last)), static_cast<std::uint32_t>(column)});
    }
    const std::string name = wanted.toLower().toStdString();
    for (const Stage &stage : snapshot.graph().stages()) {
        if (!name.empty() && QString::fromStdString(stage.displayName).toLower().toStdString().starts_with(name))
            return stage.range.begin;
    }
    return std::nullopt;
}

} // namespace

GoToLine::GoToLine(DocumentSession &session, CodeEdit &edit, const Theme &theme)
    : QFrame(&edit, Qt::Popup)
    , m_session(session)
    , m_edit(edit)
    , m_field(new QLineEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::Box);
    QPalette colours = palette();
    colours.setColor(QPalette::Window, theme.tokens().raised);
    colours.setColor(QPalette::WindowText, theme.tokens().border2);
    setPalette(colours);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(8, 8, 8, 8);
    box->addWidget(m_field);
    m_field->setPlaceholderText(tr("Line, line:column or stage (1 to %1)").arg(session.snapshot()->text().lineCount()));
    m_field->setAccessibleName(tr("Go to line"));
    m_field->setMinimumWidth(240);
    connect(m_field, &QLineEdit::textChanged, this, &GoToLine::preview);
    connect(m_field, &QLineEdit::returnPressed, this, &GoToLine::go);
}

void GoToLine::open()
{
    adjustSize();
    const QPoint top(m_edit.gutterWidth() + 8, 8);
    move(m_edit.mapToGlobal(top));
    show();
    m_field->setFocus();
}

void GoToLine::preview(const QString &text)
{
    m_field->setProperty("invalid", !text.isEmpty() && !target(*m_session.snapshot(), text));
    m_field->update();
}

void GoToLine::go()
{
    const auto offset = target(*m_session.snapshot(), m_field->text());
    if (!offset)
        return;
    m_edit.goTo(*offset);
    close();
    m_edit.setFocus();
}

} // namespace stagewright
