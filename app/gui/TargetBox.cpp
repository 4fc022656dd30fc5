// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "TargetBox.h"

#include "theme/Theme.h"

#include <QAbstractItemView>
#include <QSignalBlocker>

namespace stagewright {

TargetBox::TargetBox(const Theme &theme, QWidget *parent)
    : QComboBox(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("targetBox"));
    setFixedWidth(124);
    setFont(theme.uiFont(12.5));
    setToolTip(tr("The stage that a build makes. Stages that it does not need are dimmed."));
    setAccessibleName(tr("Target"));
    view()->setMinimumWidth(180);
    connect(this, &QComboBox::activated, this, [this](int index) { Q_EMIT targetChosen(itemData(index).toString()); });
}

void TargetBox::showStages(const Snapshot *snapshot)
{
    const QSignalBlocker blocker(this);
    setEnabled(snapshot != nullptr);
    clear();
    addItem(tr("default"), QString());
    if (!snapshot) {
        return;
    }
    const std::string &chosen = snapshot->options().target;
    for (const Stage &stage : snapshot->graph().stages()) {
        const QString value
            = stage.name.empty() ? QString::number(indexOf(stage.id)) : QString::fromStdString(stage.name);
        if (findData(value) < 0) { // of two stages with one name, the name means only one
            addItem(QString::fromStdString(stage.displayName), value);
        }
        if (!chosen.empty() && stage.isTarget) {
            setCurrentIndex(findData(value));
        }
    }
    if (!chosen.empty() && snapshot->graph().target() == StageId::None) {
        addItem(m_theme.icon(QStringLiteral("triangle-alert"), m_theme.tokens().warn), QString::fromStdString(chosen),
                QString::fromStdString(chosen));
        setCurrentIndex(count() - 1);
    }
}

} // namespace stagewright
