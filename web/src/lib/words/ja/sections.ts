/** Names of the pages of one booking, by their path. */
export const sections = {
  label: 'この予約のページ',
  '': '概要',
  '/reduction': '減免',
  '/plan': '打合せ・当日',
  '/equipment': '備品',
  '/readings': '検針',
  '/change': '内容の変更',
  '/settlement': '精算',
  '/refunds': '還付',
  '/debt': '督促',
  '/documents': '書類',
  '/history': '経緯',
};
