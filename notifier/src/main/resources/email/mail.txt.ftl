${heading}

<#if quantity??>${quantity} x </#if>${title}
<#if total??>
${total}
</#if>

${sentence}
<#if link??>

${action}: ${link}
</#if>
<#if order??>

${order}
</#if>
