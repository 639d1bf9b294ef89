${heading}

${quantity} x ${title}
${total}

${sentence}

Order ${order}
