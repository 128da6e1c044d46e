import { ELSEWHERE } from './other-services';

/**
 * What people call things: one concept for each group of words that mean the same to somebody who asks for help.
 * Phrases stand as they are written with marks; how a typed word is compared with them is `tokens.ts`. A value of
 * several names is a phrase that says several things at once.
 */
type Concepts = Readonly<Record<string, string>>;

const ACCOUNT: Concepts = {
  vneid:
    'vneid|vn eid|v neid|vnied|vneit|vnid|vnei|vned|vneld|vn id|vi nê ai đi|vê nờ ây|vê nê|định danh|định danh điện tử|tài khoản định danh|tài khoản định danh điện tử|căn cước điện tử|tài khoản căn cước|app định danh|ứng dụng định danh|e id|electronic id|electronic identification|e-id',
  level2: 'mức 2|mức hai|mức độ 2|mức độ hai|cấp độ 2|level 2|level two|lv 2',
  level3: 'mức 3|mức ba|mức độ 3|mức độ ba|mức 4|cấp độ 3|level 3|level three',
  account: 'tài khoản|account',
  approved:
    'hồ sơ đã xong|báo xong hồ sơ|cục cảnh sát|báo duyệt|duyệt rồi|được duyệt|đã duyệt|tin nhắn duyệt|approved|duyệt xong|đã được cấp|được cấp|phê duyệt|được phê duyệt|đã phê duyệt|báo đã cấp',
  register: 'đăng ký|đăng kí|register',
  'activate activated': 'đã kích hoạt|kích hoạt rồi|kích hoạt xong|already activated',
  activate: 'kích hoạt|kick hoạt|kích hoat|kích họat|active|activate|activation|activating',
  leftbehind: 'quên mang|quên cầm|quên không mang|quên không cầm|để quên ở nhà|quên ở nhà|bỏ quên',
  forget:
    'mù tịt|chịu luôn|bay sạch khỏi đầu|nhớ mang máng|gõ không trúng|nhập không trúng|quên tiệt|quên béng|quên khuấy|quên sạch|nhớ sai|không tài nào nhớ|lú lẫn|quên|chẳng nhớ nổi|không nhớ nổi|nhớ không ra|chả nhớ nổi|nhớ đâu|chịu không nhớ|lạc mất|mất tờ giấy ghi|tờ giấy ghi mất|giấy ghi mật khẩu mất|ghi ra giấy mà mất|biết đường nào mà|chịu chết|chả biết|không biết là gì|không biết là số gì|không nhớ|chẳng nhớ|không còn nhớ|chả nhớ|không nhớ ra|forgot|forget|forgotten|do not remember|lost my',
  'recover password':
    'lấy mật khẩu|lấy pass|xin mật khẩu mới|cấp mật khẩu mới|làm lại mật khẩu|làm mật khẩu mới',
  recover: 'lấy lại|khôi phục|đặt lại|tìm lại|xin lại|recover|reset|restore',
  change: 'đổi|sửa|thay|thay đổi|chuyển|change|switch|changed',
  'forget password': 'mất mật khẩu|mất pass',
  password: 'mật khẩu|mật mã|pass|password|pát|mật khẩu đăng nhập|passwords',
  passcode:
    'bấm sáu số|gõ sáu số|hỏi sáu số|nhập sáu số|sáu con số|hỏi 6 số|bắt nhập 6 số|bắt bấm sáu số|đặt sáu số|6 ô|sáu ô|6 ô tròn|6 chữ số|sáu chữ số|6 con số|mã bảo mật|mã bảo vệ|mã 6 chữ số|mã khóa 6 số|6 số bảo mật|passcode|pascode|pass code|passcod|mã pin|mã 6 số|mã sáu số|6 số bí mật|pát cốt|pát code',
  otp: 'gửi mã về|gửi mã|mã sms|sms mã|tin nhắn otp|mã về máy|mã tin nhắn|mã xác thực sms|otp code|otp|opt|mã otp|mã xác thực|mã xác nhận|mã xác minh|mã kích hoạt|tin nhắn mã|tin nhắn xác thực|one time code|verification code|sms code|mã đăng nhập|gửi lại mã|mã gửi về|nhận mã|mã gửi|mã đâu|nhập mã|chờ mã|đợi mã|ra mã',
  'otp absent':
    'mã sms không về|mã không chịu về|không có sms|không có tin nhắn mã|lấy mã mà không|mã không về|mã không gửi|mã chưa về|mã không đến|không gửi mã|không nhận mã|không có mã|không thấy mã|chưa có mã|chưa thấy mã|mã không thấy|không nhận được mã|chưa nhận được mã|mã không tới|mã chưa tới',
  absent:
    'bặt tăm|bặt vô âm tín|trống trơn|trống không|không tăm hơi|chẳng thấy đâu|chẳng có tin|không có tin nào|im lìm|im thin thít|không gửi mã|lâu về|về lâu|về chậm|chậm về|đến chậm|lâu không về|không về được|im re|im ru|chẳng thấy|không ra mã|không về|chưa về|không thấy|chưa thấy|không nhận được|chưa nhận được|không nhận|không gửi|chưa gửi|không đến|chưa đến|không tới|không có tin nhắn|chưa có tin nhắn|mãi không về|mãi không thấy|mãi không có|mãi không nhận|mãi chưa về|mãi chưa thấy|mãi chưa có|chờ mãi|đợi mãi|không lên|not received|not arrive|does not come|no code|never comes|not coming|does not arrive',
  login: 'đăng nhập|vào|vô được|vô vneid|log in|login|đăng nhâp|truy cập|sign in|mở|mở lên',
  fails:
    'xoay xoay|xoay tròn|quay tròn|quay mãi|quay vòng vòng|quay lại màn hình|trơ ra|đứng im|đứng yên|không chịu|cứ đơ|không nhúc nhích|không phản hồi|bấm không ăn|không cho bấm|báo bận|hệ thống bận|quá tải|toàn báo|not open|does not open|not let me|will not|sập|bị sập|trắng màn hình|màn hình trắng|văng ra|tự thoát|không ăn|không vô được|vô không được|vô hổng được|không đúng|không hiện|không được|mãi không được|không nộp được|không gửi được|không tìm thấy|không mở được|không dùng được|không làm được|không chạy|quay vòng|không nhận thẻ|không đọc|không xong|chưa được|không vào được|không lên được|không nổi|chẳng được|lỗi|bị lỗi|báo lỗi|báo sai|trục trặc|thất bại|không thành công|cannot|fails|does not work|error|not work|failed|không ăn thua|not working|báo không hợp lệ|không hợp lệ|invalid',
  locked:
    'bị khóa|tự khóa|khóa mất|mở khóa|bị tạm khóa|nhập sai nhiều lần|sai nhiều lần|sai quá nhiều|sai quá số lần|nhập sai|sai 5 lần|không cho nhập nữa|không cho nhập|bắt chờ|locked|unlock|wrong tries|bị chặn đăng nhập|vô hiệu hóa|hình ổ khóa|biểu tượng ổ khóa|hình cái khóa|có ổ khóa',
  lock: 'khóa|khoá|lock|tạm khóa|khóa tạm|khóa lại',
  'settings password':
    'mật khẩu mấy ký tự|đặt mật khẩu|mật khẩu thế nào là hợp lệ|mật khẩu mạnh|quy định mật khẩu|ký tự đặc biệt|chữ hoa|chữ thường|chưa đủ mạnh|không đủ mạnh|mấy ký tự|mấy kí tự|kí tự đặc biệt|bao nhiêu ký tự|không đúng định dạng|sai định dạng|password rules|set a password',
  install:
    'down|dow|tải xuống|tải|cài|cài đặt|tải về|tải app|cài app|cài ứng dụng|tải phần mềm|cài máy|ch play|app store|install|download|cập nhật phiên bản|phiên bản mới|tải ứng dụng|cài ứng dụng',
  'install vneid':
    'tải vneid|cài vneid|cài định danh|tải định danh|cài app định danh|tải app định danh|tải ứng dụng định danh|cài ứng dụng định danh|install vneid|download vneid',
  update: 'cập nhật|update|nâng cấp',
  unsupported:
    'cũ rích|máy cùi|cài không nổi|không cài nổi|bị root|đã root|jailbreak|bẻ khóa|hệ điều hành cũ|phiên bản thấp|không hỗ trợ|không được hỗ trợ|máy đời cũ|điện thoại đời cũ|không tương thích|không cài được|không tải được|không tải về được|máy yếu|android cũ|not supported|unsupported|điện thoại cũ quá|máy cũ quá',
};

const PHONE: Concepts = {
  phone: 'điện thoại|máy|di động|smartphone|phone|thiết bị|iphone|samsung|oppo|device|đi động',
  newphone:
    'mua con|sắm con|sắm cái mới|mua cái mới|máy vừa mua|mua con khác|xóa sạch máy|chạy lại phần mềm|cài lại điện thoại|hai máy|2 máy|hai điện thoại|2 điện thoại|máy thứ hai|two phones|cả hai máy|lên đời|máy con mới mua|điện thoại mua lại|điện thoại mới|máy mới|thiết bị mới|đổi điện thoại|đổi máy|thay máy|thay điện thoại|mua máy|mua điện thoại|sang máy|chuyển máy|chuyển điện thoại|sang điện thoại|máy khác|điện thoại khác|thiết bị khác|lên đời máy|lên đời điện thoại|reset máy|khôi phục cài đặt gốc|cài lại máy|chạy lại máy|new phone|another phone|other device|another device|new device|factory reset|changed phone|sắm máy|mua điện thoại mới|mua máy mới|đổi máy mới|đổi điện thoại mới|được cho máy',
  oldphone:
    'vỡ màn hình|bể màn hình|vỡ tan màn hình|thay bo mạch|thay main|chết hẳn|hỏng hẳn|bán ve chai|máy cũ|điện thoại cũ|máy trước|thiết bị cũ|old phone|máy hỏng|hỏng máy|điện thoại hỏng|hỏng điện thoại|vỡ máy|máy vỡ|bán máy|bán điện thoại',
  lostphone:
    'bỏ quên điện thoại|bỏ quên máy|quên điện thoại trên|cuỗm mất|cuỗm mất điện thoại|điện thoại bị cuỗm|trộm mất điện thoại|lấy mất máy|rơi xuống sông|rơi xuống ao|rơi xuống ruộng|điện thoại rơi|điện thoại bị cướp|điện thoại cướp|điện thoại bị mất|điện thoại mất|điện thoại bị trộm|điện thoại trộm|điện thoại bị rơi|điện thoại bị giật|cướp điện thoại|cướp máy|mất điện thoại|mất máy|rơi điện thoại|rơi máy|rơi mất điện thoại|rơi mất máy|mất di động|trộm điện thoại|trộm máy|mất cắp điện thoại|mất trộm|giật điện thoại|giật máy|móc túi|lấy trộm điện thoại|lấy mất điện thoại|đánh rơi điện thoại|đánh mất điện thoại|lost phone|phone was stolen|stolen phone|lost my phone|stolen|để quên điện thoại|rơi đt|móc túi mất|bị móc túi',
  borrow:
    'vào nhờ|đăng nhập nhờ|dùng nhờ|mượn tạm|nhờ điện thoại người|máy trưởng thôn|máy của ông|máy của bà|máy của chị|máy người ta|máy ông|máy bà|điện thoại bà|điện thoại ông|someone else s phone|friend s phone|xài ké|dùng ké|máy bạn|điện thoại bạn|máy vợ|máy chồng|điện thoại vợ|điện thoại chồng|mượn máy|mượn điện thoại|máy người khác|điện thoại người khác|nhờ máy|nhờ điện thoại|máy con|máy của con|điện thoại của con|máy hàng xóm|borrow|borrowed|chung máy|chung điện thoại|máy cháu|dùng chung',
  blurred: 'vân tay mờ|vân tay bị mờ|mờ vân tay',
  fingerprint: 'vân tay|lăn tay|lấy vân tay|điểm chỉ|chụp ảnh làm|lăn dấu vân tay|fingerprint',
  face: 'khuôn mặt|quét mặt|chụp mặt|nhận mặt|gương mặt|nhận diện|face scan|my face',
  'nfc fails': 'không có nfc|không nfc|chưa có nfc|no nfc',
  nfc: 'gần camera|lên lưng máy|để thẻ lên|bỏ thẻ lên|không tìm thấy thẻ|áp căn cước vào|đưa căn cước sát|để thẻ vào|đặt thẻ|đưa thẻ|úp thẻ|ốp lưng|thẻ chip|nfc|chip|con chip|chíp|quét chíp|chạm căn cước|áp căn cước|chạm cccd|áp cccd|lưng máy|chạm vào lưng máy|quét thẻ|quét căn cước|quét cccd|chạm thẻ|quét chip|đọc thẻ|đọc chip|quẹt thẻ|áp thẻ|scan card|quét thẻ căn cước|scan the card|quét thẻ chip|ốp thẻ|đọc căn cước',
  number: 'số điện thoại|số đt|số máy|số di động|phone number|số thuê bao|số liên lạc',
  newnumber:
    'sang số|còn số|số viettel|số mobi|số vina|số mobifone|số vinaphone|số mới|đổi số|thay số|số cũ|số khác|đổi số điện thoại|thay số điện thoại|số điện thoại cũ|số điện thoại mới|bỏ số cũ|mất số|change number|change my phone number|old number|new number|change phone number|chuyển số|cập nhật số điện thoại|sửa số điện thoại|số riêng|về số của|sang số của|lấy số của tôi|số người khác|số của người khác|khai số của|đăng ký bằng số của',
  sim: 'sim|thẻ sim|sim card',
  newsim:
    'sim bị khóa|sim khóa|đổi sim|thay sim|mất sim|sim mới|sim cũ|hỏng sim|khóa sim|thay thẻ sim|bỏ sim|rơi sim|new sim|lost sim|cắt sim|vứt sim',
  nophone:
    'không ai có điện thoại|không có điện thoại thông minh|không dùng điện thoại thông minh|không có smartphone|không dùng smartphone|không có điện thoại|không dùng điện thoại|không biết dùng điện thoại|điện thoại cục gạch|điện thoại bàn phím|điện thoại phím|dùng điện thoại bàn phím|dùng máy bàn phím|dùng điện thoại phím|dùng điện thoại cục gạch|xài điện thoại bàn phím|dùng điện thoại đen trắng|dùng điện thoại thường|dùng điện thoại nút bấm|máy bàn phím|điện thoại đen trắng|điện thoại thường|máy cục gạch|no smartphone|without a smartphone|không xài smartphone|điện thoại nút bấm|không sử dụng điện thoại|nokia|no phone|cục gạch',
};

const PAPERS: Concepts = {
  idcard:
    'căn cước|cccd|cmnd|chứng minh thư|thẻ căn cước|căn cước công dân|chứng minh nhân dân|thẻ cccd|cmt|id card|giấy chứng minh',
  lostcard:
    'mất căn cước|mất ví|căn cước hỏng|cccd hỏng|thẻ căn cước hỏng|gãy căn cước|căn cước gãy|mất cccd|mất thẻ căn cước|rơi căn cước|mất chứng minh thư|mất cmnd|rơi cccd|làm rơi căn cước|mất thẻ cccd|căn cước bị mất|lost id card|lost my id card|hỏng căn cước|mất giấy tờ|rơi ví',
  idexpired:
    'căn cước hết hạn|cccd hết hạn|hết hạn căn cước|hết hạn cccd|đổi căn cước|làm lại căn cước|đổi cccd|làm lại cccd|cấp đổi căn cước|thay căn cước',
  insurance:
    'bảo hiểm|bhyt|bảo hiểm y tế|thẻ bảo hiểm|thẻ bảo hiểm y tế|thẻ bhyt|bhxh|health insurance|sổ bảo hiểm|insurance',
  hospital:
    'ở viện|vào viện|viện huyện|viện tỉnh|y tá|bác sĩ|điều dưỡng|nhập viện|đi khám|khám bệnh|bệnh viện|đi viện|trạm xá|doctor|hospital|clinic|nằm viện|trạm y tế',
  licence:
    'bằng ô tô|bằng lái b2|bằng a2|bằng c|giấy phép lái|bằng lái|gplx|giấy phép lái xe|bằng lái xe|bằng xe máy|bằng ô tô|bằng xe|driving licence|driving license|bằng a1|bằng b2|bằng b1|bằng lái ô tô|bằng lái xe máy',
  'licence integrate': 'đưa bằng lái|đưa bằng lái xe',
  integrate: 'tích hợp|đưa lên|đưa vào|thêm vào|cập nhật vào|add|integrate|hiện lên|cho lên|nạp vào|đưa',
  merger:
    'sáp nhập|sát nhập|xáp nhập|sáp nhập tỉnh|nhập tỉnh|gộp tỉnh|gộp xã|nhập xã|tỉnh cũ|huyện cũ|xã cũ|địa chỉ cũ|đổi tên xã|tên xã mới|bắc giang cũ|ghi bắc giang|ghi địa chỉ|ghi huyện|merger|merged|lên thành phố|bỏ huyện|tên cũ|ghi tên cũ|ghi tỉnh|ghi xã|bỏ cấp huyện|old province|lên phường|đổi thành phường',
  wallet: 'ví giấy tờ',
  papers: 'giấy tờ|papers|hồ sơ giấy|documents',
  oldpaper: 'giấy cũ|loại giấy|bằng loại giấy|bằng giấy|bằng bìa|bìa cứng|thẻ giấy|loại cũ|bằng cũ|giấy bìa',
};

const SERVICES: Concepts = {
  dvc: 'lên cổng|vào cổng|trên cổng|cổng dvc|cổng quốc gia|the portal|online services|apply online|dịch vụ công|dvc|dich vu công trực tuyến|cổng dịch vụ công|nộp hồ sơ|hồ sơ trực tuyến|thủ tục|thủ tục hành chính|làm hồ sơ|online service|public service|public services|dichvucong gov vn|dichvucong|nộp online|làm giấy tờ|hồ sơ trên mạng',
  lodger: 'thuê trọ|thuê nhà|thuê phòng|ở trọ|nhà trọ|phòng trọ|chủ trọ|xóm trọ',
  procedure:
    'báo tử|tiền mai táng|mai táng|ly hôn|xin xác nhận|cấp phép xây|giấy phép xây|chuyển mục đích|làm hộ chiếu|làm hộ khẩu|làm hộ tịch|tạm trú|thường trú|khai sinh|độc thân|xác nhận độc thân|tình trạng hôn nhân|kết hôn|đăng ký kết hôn|sổ đỏ|hộ khẩu|hộ chiếu|lý lịch tư pháp|khai tử|trích lục|xác nhận cư trú|giấy phép xây dựng|tạm vắng|đăng ký kinh doanh|đăng ký xe|sang tên|tách hộ|nhập khẩu|chuyển khẩu|giấy xác nhận|chứng thực|sang tên sổ đỏ|temporary residence|birth certificate|marriage|passport|nhập hộ khẩu|giấy khai sinh|bản sao|đất đai|khai sinh cho con|hộ tịch|cư trú|đăng ký khai sinh|mai táng phí|giấy báo tử',
  dossier: 'hồ sơ|mã hồ sơ|dossier|application',
  track:
    'làm sao biết|biết duyệt chưa|đã duyệt chưa|được duyệt chưa|giải quyết đến đâu|bao giờ trả|khi nào trả|bao giờ lấy|hẹn trả|quá hẹn|có kết quả chưa|ra kết quả chưa|lấy kết quả|đến đâu|tra ở đâu|tra thế nào|tra hồ sơ|tra mã|tra kiểu gì|tới đâu|đến đâu rồi|tra cứu|tình trạng|theo dõi|xong chưa|mã hồ sơ|status of|track|giải quyết chưa|bước nào rồi|đang nằm ở đâu|nằm ở chỗ nào|đang ở đâu rồi|chưa thấy trả lời|chưa thấy hồi âm|không thấy trả lời|chưa thấy ai gọi|không thấy ai gọi|xử lý đến|ai đang giữ|duyệt chưa|bao giờ xong|khi nào xong|bao giờ có kết quả',
  attach:
    'đính kèm|tải lên|tải ảnh lên|tải giấy tờ lên|dung lượng lớn|dung lượng quá lớn|quá dung lượng|ảnh nặng quá|tệp đính kèm|attach|attachment|upload',
  submit: 'nộp|gửi hồ sơ|submit|nộp được',
  benefit:
    'trợ cấp tuất|tiền tuất|tử tuất|thương binh|liệt sĩ|người có công|chính sách thương binh|tiền chính sách|tiền thương binh|bảo trợ|hộ nghèo nhận|tiền tuổi già|tiền dưỡng già|tiền hưu|phụ cấp|tiền trợ|tiền an sinh|allowance|chi trả qua tài khoản|chi qua tài khoản|lĩnh tiền|lãnh tiền|lĩnh lương|an sinh|an sinh xã hội|tài khoản an sinh|tài khoản hưởng an sinh|tài khoản hưởng|trợ cấp|nhận tiền|tiền hỗ trợ|lương hưu|tiền trợ cấp|bảo trợ xã hội|nhận trợ cấp|nhận lương hưu|tiền chính sách|benefit|benefits|social benefit|social benefits|tiền người già|tiền cao tuổi|tiền quà|tiền nhà nước|tiền 2 9|tiền tết|pension|benefit account|nhận quà|hưởng chế độ|tiền chế độ|asxh',
  link: 'liên kết|gắn|kết nối|link account|linking|linked',
  bank: 'ngân hàng|agribank|vietcombank|vietinbank|bidv|mbbank|mb bank|techcombank|sacombank|vpbank|tpbank|lpbank|lienviet|bank|tài khoản ngân hàng|số tài khoản|stk|thẻ atm|atm|bank account|thẻ ngân hàng',
  nobank:
    'không có tài khoản ngân hàng|chưa có tài khoản ngân hàng|không có thẻ ngân hàng|không có ngân hàng|chưa mở tài khoản|không có tài khoản|không mở tài khoản|no bank account|không có số tài khoản|không có thẻ atm|chưa có thẻ atm|không dùng ngân hàng|không có stk',
  refused:
    'từ chối|bị trả|trả lại|bị từ chối|không duyệt|không khớp|sai thông tin|không trùng|refused|rejected|sai tên|không đúng tên|bị trả về',
  signature:
    'chữ ký số|ký văn bản|ký giấy tờ|ký hồ sơ|chữ kí số|ký số|kí số|chứng thư số|chứng thư chữ ký số|chứng thư|cks|chữ ký điện tử|digital signature|chữ ký số cá nhân|ký điện tử|ký trên điện thoại|chữ ký số vneid|sign documents',
};

const LEARNING: Concepts = {
  'learn wish':
    'muốn biết cách|muốn biết dùng|có người dạy|đang có người dạy|có ai dạy|chỗ nào dạy|chỗ dạy|muốn học|muốn được dạy|muốn đi học|cho tôi học|xin học|muốn theo học|muốn tham gia học|đăng ký học|được đi học|muốn học cách|đăng ký đi học|want to learn|ai dạy|dạy tôi|chỗ học|học ở đâu|có học không|cho đi học',
  noclass: 'không có lớp|không mở lớp|chưa mở lớp|lớp nghỉ|hoãn|hoãn lớp|nghỉ lớp|hủy lớp|dời lớp',
  'class wish':
    'xin học|có buổi học|buổi học ở|training|classes for|học ở nhà văn hóa|mở dạy|buổi dạy|có lớp|lớp nào|mở lớp|lớp gần|lớp gần tôi|lịch học|lịch lớp|đăng ký lớp|lớp học ở đâu|lớp nào gần|đi lớp|lớp dạy|lớp cho|class near|next class',
  learn:
    'học|theo học|đi học|học tập|learn|study|tập dùng|học dùng|học cách|dạy|ai dạy|dạy cho|dạy dùng|dạy học|tham gia học|học sử dụng|được dạy|hướng dẫn dùng điện thoại',
  course:
    'lớp trên mạng|lớp online|lớp học trên mạng|lớp học online|web học|trang web học|nền tảng bình dân|mooc|learning website|online class|bài giảng trên mạng|khóa học|khóa trên|khóa cho người dân|khoá học|bình dân học vụ số|bình dân học vụ|binhdanhocvuso|binhdanhocvuso gov vn|học vụ số|bdhvs|trang học|học trực tuyến|học online|học trên mạng|nền tảng học|web học|trang bình dân|bài học|online course|course platform|học qua mạng',
  'course skills': 'khóa kỹ năng số|khóa học kỹ năng số',
  'course whichcourse': 'khóa nào|những khóa|khóa gì|khóa năm nay|which course',
  lesson:
    'bài 1|bài 3|bài 4|bài 5|bài 6|bài 7|bài 8|bài 9|bài tiếp|bài sau|bài tiếp|bài tiếp theo|video|bài giảng|bài 2|không mở bài|bài chưa mở|lesson|next lesson|bị khóa bài|bài kế|bài số|bài thứ|bài hai|bài ba|bài bốn|bài cuối|bài đầu|phần 1|phần 2|phần 3|phần sau|phần tiếp|phần tiếp theo|chương sau',
  class:
    'lớp|lớp học|buổi học|mở lớp|lớp gần|lớp gần nhất|lịch học|lịch lớp|class|classes|nhà văn hóa|buổi dạy|lớp buổi tối|lớp nào|lớp gần tôi',
  attest: 'xác nhận',
  confirm:
    'phổ cập|phổ cập kỹ năng số|công nhận|xác nhận kỹ năng|đạt phổ cập|xác nhận phổ cập|xác nhận trên vneid|kỹ năng số trên vneid|được công nhận|xác nhận đạt|skills confirmation|confirmed|digital skills confirmation|confirmation',
  skills: 'kỹ năng số|kĩ năng số|digital skills|kỹ năng|công dân số',
  certificate:
    'phát giấy|cấp giấy gì|giấy gì không|phát bằng|giấy công nhận|tấm bằng|xong có bằng|có bằng gì|chứng nhận|chứng chỉ|giấy chứng nhận|bằng cấp|certificate|giấy khen|cấp bằng|cấp giấy',
  exam: 'phải thi|thi à|có thi|đi thi|bài thi|thi không|kiểm tra|sát hạch|test|exam|làm bài',
  usephone:
    'dùng điện thoại|sử dụng điện thoại|xài điện thoại|sử dụng máy|dùng máy|use a phone|dùng smartphone|dùng điện thoại thông minh|cách gọi zalo|học gọi zalo|dạy gọi zalo|gọi zalo có hình|gọi có hình|cách gọi video|học gọi video|gọi video cho con|gọi video với con|cách dùng zalo|học dùng zalo|cách xài zalo|video call my',
  hacked: 'bị hack|hack|hack mất|chiếm mất|bị chiếm|bị chiếm quyền|bị cướp nick|hacked',
  qr: 'trả tiền điện trên|trả tiền điện qua|đóng tiền điện trên|đóng tiền điện qua|nộp tiền điện qua|đóng tiền điện online|qr|quét qr|mã qr|thanh toán|chuyển khoản|trả tiền qua mạng|không tiền mặt|mua hàng trên mạng|bán hàng trên mạng|bán hàng online|mua bán trên mạng|trí tuệ nhân tạo|thanh toán không tiền mặt|payment|pay by qr',
};

const SAFETY: Concepts = {
  scam: 'lừa gạt|bịp|bọn lừa|quân lừa|kẻ lừa đảo|lừa đảo|lừa|giả danh|giả mạo|mạo danh|tự xưng|xưng là|scam|fraud|fake|lừa không|giả không|kẻ gian|kẻ xấu|đáng ngờ|có đáng tin|thật hay giả|impostor|giả công an|có phải thật|đòi tiền|nghi ngờ|lừa hay thật',
  safe: 'an toàn không|có an toàn|an toàn|tin được không|safe',
  hearsay:
    'nó hỏi mật khẩu|máy hỏi mật khẩu|app hỏi mật khẩu|nó đòi mật khẩu|máy đòi mật khẩu|app đòi mật khẩu|gọi thì bảo|gọi hỏi thì bảo|gọi điện thì bảo|gọi ra thì bảo|lại có người bảo|người thì bảo|nghe có người bảo|nghe người ta bảo|nghe người bảo|phải có người|cần có người|cần người đến|phải có ai|cần có ai',
  really: 'có đúng không|đúng không|có thật không|thật không|có phải không|is it true',
  caller:
    'thằng gọi|thằng gọi điện|con nào gọi|xưng bên công an|xưng công an|xưng cán bộ|gọi xưng|gọi tới nói|gọi nói|gọi bảo|nó điện|điện tới|điện bảo|điện đến bảo|người lạ nhắn|received a call|got a call|a man called|a woman called|người lạ vào nhà|gọi giục|có người gọi|có người bảo|có người nhắn|có người xưng|có người tự xưng|có người nhận là|có người hẹn|có người xin|có người đòi|có người bắt|có người yêu cầu|có người gửi|có người mời|có người rủ|có người giục|có người nói là|có người hướng dẫn qua|người ta gọi|số lạ|số lạ gọi|có số lạ|số lạ nhắn|số lạ bảo|số điện thoại lạ|người lạ|gọi bảo|gọi điện bảo|gọi đến|gọi điện bảo|gọi điện dọa|gọi điện đến|gọi điện yêu cầu|gọi điện nói|gọi điện tự xưng|gọi điện đòi|gọi điện cho tôi|nhắn bảo|gọi bắt|gọi đòi|gọi xin|xưng danh|nhắn tin bảo|họ gọi|nó gọi|nó xin|công an gọi|cán bộ gọi|gọi tới|gọi video|gọi yêu cầu|gọi cho tôi|gọi tôi|stranger|called me|somebody called|phone call|người gọi|gọi zalo|gọi qua zalo|nhắn zalo|ai đó gọi|có ai gọi|gọi xưng|số máy lạ|zalo lạ|kết bạn zalo|caller|cuộc gọi|có số gọi|thằng nào gọi|bắt cài|nó bắt cài|nó bảo cài|gọi báo|gọi tới báo|bảo đóng tiền|bảo nộp tiền|bảo chuyển tiền|bảo chuyển khoản|bắt đóng tiền|bắt chuyển tiền|đóng tiền mới được|đóng tiền mới làm|nộp tiền mới được|nộp tiền mới làm|chuyển tiền mới được|đứa gọi|nó xưng|họ xưng|người đến nhà|có người đến',
  they: 'họ bảo|họ yêu cầu|họ nhắn|họ hẹn|họ bắt',
  linkword: 'link|đường link|đường dẫn',
  badlink:
    'ngoài ch play|ngoài app store|app ngoài|gửi link|gửi đường link|gửi đường dẫn|đường dẫn lạ|đường link lạ|có đường link|có link|link cài|link cập nhật|link nhận|link lạ|apk|file apk|file cài|file lạ|cài app lạ|app lạ|gửi file|bấm link|ấn link|strange link|linh lạ|bấm vào link|gửi cái link|trang web lạ|web lạ|quét mã qr lạ|tải app lạ|gửi app|app nó gửi|phần mềm nó gửi|ứng dụng nó gửi|file nó gửi',
  threat:
    'trúng thưởng|trúng quà|nhận thưởng|dọa|dọa bắt|đe dọa|hăm dọa|dọa khóa|dọa khóa tài khoản|sắp khóa|sẽ khóa|bị khóa nếu|lệnh bắt|lệnh bắt giữ|vụ án|liên quan vụ án|rửa tiền|nộp phạt|phạt nguội|threaten|bắt giam|điều tra|truy nã|triệu tập|khóa sim|khóa thuê bao|chuẩn hóa|chuẩn hóa thông tin|cắt điện|khóa tài khoản nếu|khóa số',
  askcode:
    'cung cấp số căn cước|cung cấp mã|cung cấp otp|đòi số căn cước|bảo đọc số|hỏi số tài khoản|xin số thẻ|bảo chụp|yêu cầu chụp|đòi chụp|xin mã|xin chụp ảnh|chụp ảnh căn cước|ảnh căn cước|xin ảnh|ảnh cccd|xin otp|hỏi otp|đọc otp|xin mật khẩu|hỏi mật khẩu|xin số căn cước|xin số cccd|hỏi số cccd|xin ảnh căn cước|xin thông tin|đòi otp|bắt đọc mã|bảo đọc mã|yêu cầu cung cấp|gửi ảnh căn cước|chụp căn cước|asks for otp|asks for the code|asking for my otp|chụp thẻ|chụp cccd|gửi ảnh cccd|xin cccd|hỏi số căn cước|xin số tài khoản|xin mã otp|hỏi mã otp|bảo đọc otp|bảo gửi mã|hỏi thông tin|cung cấp thông tin|xin mật mã',
  'slip badlink':
    'bấm vào link rồi|bấm link rồi|ấn link rồi|vào link rồi|bấm đường link rồi|ấn vào link rồi|lỡ bấm link|lỡ bấm vào link|lỡ ấn link',
  'slip otp': 'nhập otp vào|nhập mã vào trang',
  'slip readcode':
    'đọc otp cho|đọc mã cho|đưa mã cho|đưa otp cho|gửi otp cho|gửi mã cho|nói mã cho|cho nó mã|đọc mất mã|khai mã cho|cho họ mã',
  slip: 'lỡ|vừa đọc|vừa đưa|vừa bấm|vừa cài|vừa gửi mã|vừa chuyển|vừa nhập|đọc rồi|bấm rồi|cài rồi|nhập rồi|đọc otp rồi|đọc mã rồi|trót|nhỡ|lỡ đọc|lỡ đưa|lỡ bấm|lỡ cài|lỡ cho|lỡ gửi|lỡ chuyển|lỡ nhập|lỡ khai|lỡ nói|lỡ ấn|lỡ tải|lỡ quét|lỡ cung cấp|trót gửi|trót đọc|trót bấm|lỡ tay|đã trót|lỡ mất|mistakenly|by mistake|lỡ dại|nhầm lỡ|đã lỡ',
  readcode: 'đọc otp|đọc mã otp|đọc mã|đưa mã|cho mã|gửi mã',
  'gave readcode': 'đã đọc mã|đã đưa mã|đã gửi mã|đã cho mã',
  gave: 'cho mất rồi|đã cho|cho kẻ lừa đảo|đã gửi|đã đọc|đã bấm|đã cài|đã nhập|đã chuyển|đã cung cấp|đã khai|đọc otp rồi|gave the code|gave code|told the code|told somebody the code|clicked the link|told someone|khai hết|chuyển tiền rồi|gửi tiền rồi|chuyển khoản rồi|chuyển tiền cho|cho nó mã',
  lostmoney:
    'trừ mất|rút mất|bị trừ|mất mấy triệu|mất tiền|bị lừa|bị lừa mất tiền|bị lừa tiền|mất hết tiền|bị trừ tiền|bị rút tiền|mất tiền trong tài khoản|chuyển tiền cho|mất tiền oan|lost money|was scammed|been scammed|bị mất tiền|bay mất tiền|bay sạch tiền|tiền bay sạch|tiền bay hết|tiền trong tài khoản bay|tiền trong tài khoản mất|hết sạch tiền|lừa mất|lừa hết tiền|tiền bị trừ|trừ tiền|bị chiếm đoạt',
  thisbot:
    'em có phải|của ai|zalo ai|kênh của tỉnh|kênh của xã|kênh tỉnh|bạn là ai|cơ quan nào|kênh này|kênh của ai|tài khoản này|zalo này|đây có phải|bạn có phải|bên này|bot này|oa này|this channel|is this channel|are you|số zalo này|cái này có phải|nhóm này|trang zalo|chỗ này',
  message:
    'nhận được tin nhắn báo|nhận tin nhắn báo|tin nhắn báo|tin báo|tin nhắn|tin này|tin|nhắn tin|sms|message|text message',
};

const PEOPLE: Concepts = {
  child:
    'trẻ em|trẻ con|con nhỏ|cháu nhỏ|cháu bé|em bé|con gái|con trai|bé|dưới 14|dưới 6|cho con|cho cháu|cho bé|học sinh|child|children|my son|my daughter|con tôi|cháu tôi|trẻ|kid|mới sinh|sơ sinh|chưa đủ 14|học lớp|vào lớp|lên lớp|cô giáo|nhà trường|đứa cháu|đứa con|đứa nhỏ|mấy đứa|cháu nội|cháu ngoại|con út|thằng cu|thằng bé|con bé|đi mẫu giáo|mẫu giáo|tiểu học|cấp 2|cấp hai',
  elder:
    'bố mẹ|thầy u|u tôi|u em|bầm tôi|cha mẹ|ông bà|người già|cụ|bố tôi|mẹ tôi|bà tôi|ông tôi|mẹ em|bố em|ba mẹ|cụ già|người cao tuổi|bà cụ|ông cụ|parents|my mother|my father|elderly|mẹ già|bố già|ông nội|bà nội|ông ngoại|bà ngoại|bố|mẹ|bà nhà tôi|ông nhà tôi|grandmother|grandfather',
  behalf:
    'bấm giùm|bấm hộ|cài giùm|hướng dẫn bố mẹ|giúp ông bà nội|giúp ông bà ngoại|nhờ con làm|con làm cho|làm cho mẹ|làm cho bố|làm cho ông|làm cho bà|cài cho mẹ|cài cho bố|cài cho bố mẹ|đăng ký cho mẹ|đăng ký cho bố|đăng ký cho bố mẹ|vneid cho bố|vneid cho mẹ|vneid cho ông|vneid cho bà|hộ mẹ|hộ bố|hộ ba mẹ|hộ cha|giúp cho mẹ|giúp cho bố|làm hộ|hộ mẹ tôi|hộ bố tôi|hộ bà ngoại|hộ bà nội|thay cho mẹ|thay cho bố|thay mẹ|thay bố|thay cho ông|thay cho bà|làm giúp|làm thay|hộ bố mẹ|giúp bố mẹ|thay bố mẹ|đứng ra làm|ủy quyền|on behalf|help my parents|đăng ký hộ|kích hoạt hộ|cài hộ|nhờ làm hộ|làm dùm|làm giùm|giúp mẹ|giúp bố|giúp ông bà|for my parents|for my mother',
  foreigner:
    'người mỹ|người nga|người thái|người tây|ông tây|bà tây|người đài loan|người ấn độ|người philippines|người myanmar|giám đốc người|chuyên gia|người nước ngoài|trung quốc|hàn quốc|nhật bản|đài loan|nước ngoài|ngoại quốc|ngoại kiều|người trung quốc|người hàn quốc|người hàn|người nhật|thẻ tạm trú người|visa|chinese|korean|japanese|taiwanese|indian|from china|from korea|temporary residence card|foreigner|foreign|foreigners|chuyên gia nước ngoài|người lào|quốc tịch|người trung|việt kiều',
  athome:
    'liệt|nằm viện|ở viện|không ra xã được|không ra phường được|nằm một chỗ|tại nhà|ốm|không ra được|không đi nổi|đến nhà|tận nhà|về nhà làm|lưu động|đi lại khó|đi lại khó khăn|nằm liệt|liệt giường|không đi được|ốm yếu|khuyết tật|at home|bed ridden|không đi lại được|già yếu|ốm nằm|tàn tật|ngồi xe lăn',
  'athome police': 'không ra công an được|không lên công an được',
  online:
    'làm ở nhà qua mạng|nộp trên mạng|online|qua mạng|trên mạng|tại nhà qua mạng|trực tuyến|từ xa|qua điện thoại',
  police:
    'công an|công an xã|công an phường|ca xã|ca phường|lên ca|ra ca|police|công an huyện|công an tỉnh|đồn công an|trụ sở công an',
  office:
    'ra xã họ bảo|xã họ bảo|lên xã họ bảo|phường họ bảo|quầy họ bảo|viện họ bảo|ủy ban|ubnd|ub|trụ sở|một cửa|xã|phường|ra xã|ra phường|lên xã|lên phường|trung tâm hành chính công|commune|bộ phận một cửa',
};

export const ASKING: Concepts = {
  where: 'ở đâu|chỗ nào|đi đâu|ra đâu|nơi nào|tại đâu|đến đâu làm|where|chỗ mô|đâu',
  how: 'mò không ra|mò mãi không ra|tìm không ra|tìm mãi không ra|bắt đầu từ đâu|thế nào|làm sao|kiểu gì|như thế nào|ra sao|cách|hướng dẫn|như nào|cách nào|sao|làm thế nào|phải làm gì|làm gì|bằng cách nào|how|how to|chỉ giúp|giải quyết|xử lý|làm răng|chỉ cách|phải làm sao|what should i do|what do i do',
  why: 'tại sao|vì sao|sao phải|why',
  what: 'được những gì|để làm chi|ích gì|được lợi gì|được cái gì|dùng vào việc gì|làm được gì|là chi|là cái quái gì|là gì|chả hiểu|không hiểu|là cái chi|để làm gì|nghĩa là gì|là cái gì|what is|có tác dụng gì|dùng làm gì|có lợi gì|lợi ích|là sao|là như thế nào',
  bring:
    'có phải mang|phải mang|cầm theo|mang hộ khẩu|cần giấy|mang gì|cần gì|giấy tờ gì|mang theo|cần mang|cần những gì|chuẩn bị gì|mang những gì|cần giấy tờ|what to bring|cần mang gì',
  wait: 'chừng nào|khi nào dùng được|bao giờ dùng được|khi nào xài được|bao giờ xài được|đợi dài cổ|chờ dài cổ|đợi lâu|im ắng|mãi chưa được|chưa thấy gì|mà chưa xong|đến giờ chưa|tới giờ chưa|đến nay chưa|tới nay|lâu rồi chưa|sao lâu thế|bao giờ mới|còn chờ|mấy tuần|cả tháng|cả tuần|mấy tháng|bao lâu|mấy ngày|lâu không|chờ bao lâu|bao lâu thì có|mất bao lâu|khi nào có|bao giờ có|chưa duyệt|chờ duyệt|lâu quá|how long|bao lâu có|chờ lâu|mãi chưa duyệt|mấy hôm|đang chờ|chưa được duyệt',
  free: 'miễn phí|free|không mất tiền',
  fee: 'bao nhiêu tiền|hết bao nhiêu|mất phí|lệ phí|phí|tốn tiền|mất tiền không|có mất tiền|bao tiền|giá|giá bao nhiêu|tốn bao nhiêu|phải trả tiền|thu tiền|how much|fee|cost|đóng tiền|nộp tiền|mấy tiền|bao nhiu tiền|mất bao nhiêu',
  hotline:
    'what number|which number|phone number|bấm số nào|số nào gọi|số nào để gọi|điện số nào|điện cho ai|gọi đến đâu|xin số|cho số|trung tâm hỗ trợ|số điện thoại trung tâm|gặp ai|tìm ai|tổng đài|hotline|đường dây nóng|số hỗ trợ|số điện thoại hỗ trợ|gọi ai|hỏi ai|liên hệ|gọi số nào|số nào|số tổng đài|helpline|phone number of|contact|gọi đâu|gọi cho ai|nhờ ai|ai hỗ trợ|cần hỗ trợ|số điện thoại công an|số công an|báo ai|1900',
  hours:
    'mấy giờ|giờ làm việc|giờ làm của|giờ hành chính|có làm việc không|thứ 7|thứ bảy|chủ nhật|ngoài giờ|có làm không|office hours|opening hours|làm đến mấy giờ|nghỉ trưa|buổi trưa|weekend|saturday|mở cửa|t7|cn',
};

export const CONCEPTS: readonly (readonly [names: readonly string[], phrases: readonly string[]])[] = [
  ...[ACCOUNT, PHONE, PAPERS, SERVICES, LEARNING, SAFETY, PEOPLE, ASKING, ELSEWHERE].flatMap((group) =>
    Object.entries(group).map(([names, phrases]) => [names.split(' '), phrases.split('|')] as const),
  ),
];

/** Every concept there is. */
export const NAMES: ReadonlySet<string> = new Set(CONCEPTS.flatMap(([names]) => names));

export const ELSEWHERE_NAMES: ReadonlySet<string> = new Set(Object.keys(ELSEWHERE));
