// 店面与控制台共用的全部中文文字。键与 en.js 相同，由测试比对。
export default {
  lost: '连接已断开，正在重试…',
  skip: '跳到正文',
  navigation: '主导航',
  language: '语言',
  sales: '抢购',
  logIn: '登录',
  logOut: '退出',
  loggedInAs: ({ name }) => `已登录：${name}`,
  days: ({ days, clock }) => `${days} 天 ${clock}`,
  loading: '加载中…',
  cannotLoad: '暂时无法加载，正在重试…',
  listGoesOn: '还有更多，此处未全部显示。',
  cancel: '取消',
};
