/** Words of other languages that say nothing of what a conversation is about, each language for itself: `die` is English too. */
export const FOREIGN_STOP_WORDS: readonly ReadonlySet<string>[] = [
  // German
  `der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber ist sind war waren wird werden wurde
   wurden bin bist sein ich du er sie es wir ihr mich mir dich dir uns euch mein meine meinen meinem meiner unser unsere unserer
   unseren unserem nicht nur auch noch schon immer wieder sehr so wie was wer wo wann warum wieso weshalb welche welcher welches
   mit ohne bei beim von vom zu zum zur im in am an auf aus nach seit vor ueber fuer um durch gegen unter zwischen bis als wenn dass
   weil ob man hat habe haben hatte kann kannst koennen koennte konnte moechte moechten muss muessen soll sollen sollte will wollen
   bitte danke hallo guten tag morgen heute gestern jetzt hier da dort dann denn doch mal ja nein etwas alle alles viele vielen beim
   bekomme bekommen bekommt gibt geht macht machen mache baue bauen einbauen fuege fuegen hinzu hinzufuegen erstelle erstellen
   schreibe schreiben hilf helfen hilfe brauche brauchen letzten letzte letzter pro ab kunden fehlt jemand diese dieser dieses diesen`,
  // Spanish
  `el la los las un una unos unas y o u pero es son era fue ser esta estan estaba hay de del al a en con sin por para sobre entre
   desde hasta que quien cual como cuando donde porque si no ni ya muy mas menos tan tambien solo yo tu el ella nosotros me te se nos
   le les lo mi mis su sus nuestro nuestra este esta estos estas ese esa eso puedo puedes puede pueden quiero quiere quisiera
   necesito necesitamos tengo tiene tenemos hacer haz da dan hola buenos buenas dias tardes gracias favor por ayuda ayudar ayudame
   crea crear escribe escribir agrega agregar anadir cada tarda todo todos toda todas hoy ayer siempre hace`,
  // French
  `le la les l un une des du de d et ou mais est sont etait etre suis a ai as avons avez ont avait au aux en dans avec sans par pour sur
   sous entre depuis apres avant que qui quoi quel quelle comment quand pourquoi si ne pas ni plus moins tres aussi je j tu il elle on
   nous vous ils elles me te se mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces c ca y
   voudrais veux veut voulons peux peut pouvez faire fait faites bonjour salut merci svp plait aide aider aidez besoin
   ajoute creer cree ecrire ecris ecrivez toujours aujourd hui hier tout tous toute toutes chaque`,
  // Portuguese
  `o a os as um uma uns umas e ou mas eh sao era foi ser estar esta estao ha de do da dos das ao aos em no na nos nas com sem por
   pelo pela para sobre entre desde ate que quem qual como quando onde porque se nao nem ja muito mais menos tao tambem so eu voce ele
   ela nos me te lhe meu minha meus minhas seu sua nosso nossa este esta isso isto posso pode podem quero queria preciso
   precisamos tenho tem temos fazer faca ola oi bom boa dia tarde obrigado obrigada favor ajuda ajudar criar crie escreva escrever
   adicionar adicione cada todo todos toda todas hoje ontem sempre`,
  // Italian
  `il lo la i gli le un uno una e o ma sono era essere di del della dei delle al alla ai in nel nella con senza per su tra fra da dal
   dalla che chi quale come quando dove perche se non ne gia molto piu meno anche solo io tu lui lei noi voi mi ti si ci vi mio mia
   tuo suo nostro questo questa questi posso puoi voglio vorrei devo ho hai ha abbiamo hanno fare fai ciao buongiorno grazie
   favore aiuto aiutare aiutami creare crea scrivere scrivi aggiungere aggiungi ogni tutto tutti oggi ieri sempre`,
  // Dutch
  `de het een en of maar is zijn was waren wordt worden ben ik je jij hij zij ze wij we jullie mij mijn jouw ons onze niet geen ook nog
   al altijd weer zeer zo hoe wat wie waar wanneer waarom welke met zonder bij van naar in op aan uit na sinds voor over om door tegen
   onder tussen tot als dat dit die deze er hier daar kan kunnen kun wil willen moet moeten heb hebt heeft hebben graag
   alsjeblieft bedankt hallo goedemorgen help helpen maak maken schrijf schrijven voeg toe toevoegen vandaag gisteren`,
  // Polish
  `i w z na do od za po przez przed o u ze to jest sa byl byla byc nie tak jak co kto gdzie kiedy dlaczego czy ale lub albo bo ze zeby
   ja ty on ona my wy oni mnie mi ci sie moj moja nasz nasza ten ta te tego tej moge mozesz mozna chce chcialbym potrzebuje mam
   masz ma prosze dziekuje czesc dzien dobry pomoz pomoc zrobic napisz napisac dodaj dodac stworz dzisiaj wczoraj zawsze`,
  // Russian, Ukrainian, transliterated as names are
  `i v vo na s so k ko po ot do iz za u o ob pri pod nad bez dlya cherez mezhdu posle pered chto kak gde kogda pochemu zachem kto
   kakoy kotoryy kotoraya kotoroe kotorye ya ty on ona ono my vy oni mne menya nam nas vam vas moy moya nash nasha svoy eto etot eta
   ne ni net da uzhe eshche ochen tozhe takzhe tolko zhe li by byl byla bylo byli est budet no ili a esli to chtoby mozhno nuzhno
   nado hochu mogu mozhet mozhesh pomogi pomogite pozhaluysta privet zdravstvuyte spasibo sdelat sdelay napishi napisat dobav
   dobavit sozday sozdat razobratsya segodnya vchera seychas vse vsegda pokazyvaet prohodit delat potomu ta ti ce ne shcho`,
].map((text) => new Set(text.trim().split(/\s+/)));

/**
 * English for words that Chinese, Japanese and Korean conversations about software are full of. What is before the colon
 * stands in a name for any of what comes after.
 */
const GLOSSARY = `
login: 登录 登入 登陆 ログイン 로그인
logout: 登出 注销 退出登录 ログアウト 로그아웃
signup: 注册 登録 회원가입
password: 密码 密碼 パスワード 비밀번호
auth: 认证 認證 認証 鉴权 인증
permission: 权限 權限 許可 권한
user: 用户 用戶 使用者 ユーザー ユーザ 사용자 유저
api: 接口 介面 인터페이스
error: 错误 錯誤 报错 出错 异常 異常 エラー 例外 에러 오류 예외
bug: バグ 버그 漏洞
crash: 崩溃 崩潰 闪退 クラッシュ 落ちる 크래시
failure: 失败 失敗 실패
timeout: 超时 超時 逾時 タイムアウト 타임아웃
slow: 很慢 太慢 变慢 卡顿 遅い 重い 느려 느린 느립
memory-leak: 内存泄漏 內存洩漏 メモリリーク 메모리누수
memory: 内存 內存 記憶體 メモリ 메모리
leak: 泄漏 泄露 洩漏 リーク 누수
performance: 性能 效能 パフォーマンス 성능
database: 数据库 數據庫 資料庫 データベース 데이터베이스 디비
data: 数据 數據 資料 データ 데이터
table: 数据表 表格 テーブル 테이블
query: 查询 查詢 クエリ 쿼리
index: 索引 インデックス 인덱스
cache: 缓存 緩存 快取 キャッシュ 캐시
connection: 连接 連接 連線 接続 연결 커넥션
server: 服务器 伺服器 サーバー サーバ 서버
service: 服务 服務 サービス 서비스
network: 网络 網路 ネットワーク 네트워크
container: 容器 コンテナ 컨테이너
image: 镜像 图片 圖片 画像 イメージ 이미지
startup: 启动 啟動 起動 시작
deploy: 部署 デプロイ 배포
build: 构建 編譯 编译 打包 ビルド 빌드
install: 安装 安裝 インストール 설치
config: 配置 設定 设置 설정
environment: 环境 環境 환경
test: 测试 測試 テスト 테스트 单元测试
code: 代码 代碼 程式碼 コード 코드
review: 审查 審查 评审 レビュー 리뷰
refactor: 重构 重構 リファクタリング リファクタ 리팩토링 리팩터링
function: 函数 函數 関数 함수
class: クラス 클래스
component: 组件 組件 元件 コンポーネント 컴포넌트
page: 页面 頁面 网页 ページ 페이지
screen: 画面 화면
button: 按钮 按鈕 ボタン 버튼
form: 表单 表單 フォーム 양식 폼
list: 列表 清单 リスト 一覧 목록 리스트
search: 搜索 搜尋 検索 검색
pagination: 分页 分頁 ページネーション 페이지네이션
upload: 上传 上傳 アップロード 업로드
download: 下载 下載 ダウンロード 다운로드
file: 文件 档案 檔案 ファイル 파일
log: 日志 日誌 ログ 로그
message: 消息 訊息 メッセージ 메시지
notification: 通知 알림
email: 邮件 郵件 メール 이메일 메일
payment: 支付 付款 決済 支払い 결제
order: 订单 訂單 注文 주문
product: 商品 产品 產品 상품
cart: 购物车 購物車 カート 장바구니
invoice: 发票 請求書 송장
report: 报表 報表 レポート 보고서
chart: 图表 圖表 グラフ チャート 차트
script: 脚本 腳本 スクリプト 스크립트
crawler: 爬虫 爬蟲 クローラー スクレイピング 크롤러 크롤링
queue: 队列 佇列 キュー 큐
thread: 线程 執行緒 スレッド 스레드
async: 异步 非同步 非同期 비동기
concurrency: 并发 並發 並行 동시성
deadlock: 死锁 死鎖 デッドロック 데드락
transaction: 事务 交易 トランザクション 트랜잭션
sort: 排序 ソート 정렬
algorithm: 算法 演算法 アルゴリズム 알고리즘
encoding: 编码 編碼 乱码 亂碼 文字化け エンコード 인코딩
regex: 正则 正則 正規表現 정규식 정규표현식
parser: 解析 パーサー パース 파서 파싱
migration: 迁移 遷移 移行 マイグレーション 마이그레이션
upgrade: 升级 升級 アップグレード 업그레이드
version: 版本 バージョン 버전
update: 更新 アップデート 업데이트
dependency: 依赖 依賴 依存 의존성
architecture: 架构 架構 アーキテクチャ 아키텍처
design: 设计 設計 デザイン 설계 디자인
plan: 计划 計劃 规划 方案 計画 계획
microservices: 微服务 微服務 マイクロサービス 마이크로서비스
model: 模型 モデル 모델
training: 训练 訓練 学習 학습
security: 安全 セキュリティ 보안
certificate: 证书 憑證 証明書 인증서
session: 会话 會話 セッション 세션
cookie: クッキー 쿠키
browser: 浏览器 瀏覽器 ブラウザ 브라우저
mobile: 手机 手機 モバイル スマホ 모바일
app: 应用 應用 アプリ 앱
website: 网站 網站 サイト 웹사이트
game: 游戏 遊戲 ゲーム 게임
weather: 天气 天氣 天気 날씨
time: 时区 時區 タイムゾーン 시간대
management: 管理 관리
comment: 评论 評論 コメント 댓글
comments: 注释 註釋
translation: 翻译 翻譯 翻訳 번역
backup: 备份 備份 バックアップ 백업
monitoring: 监控 監控 監視 모니터링
cluster: 集群 叢集 クラスタ 클러스터
docker: ドッカー 도커
branch: 分支 ブランチ 브랜치
commit: 提交 コミット 커밋
merge: 合并 合併 マージ 병합
conflict: 冲突 衝突 コンフリクト 충돌
`;

/** By the first character, the longest first. */
const BY_FIRST = new Map<string, (readonly [string, string])[]>();
for (const line of GLOSSARY.trim().split('\n')) {
  const [english = '', foreign = ''] = line.split(': ');
  for (const word of foreign.split(' ')) {
    const first = word.slice(0, 1);
    BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), [word, english] as const]);
  }
}
for (const entries of BY_FIRST.values()) entries.sort(([a], [b]) => b.length - a.length);

/** The glossary's word that `text` has at `index`, with its English; undefined for none. */
export function glossaryWord(text: string, index: number): readonly [string, string] | undefined {
  return BY_FIRST.get(text.charAt(index))?.find(([word]) => text.startsWith(word, index));
}
